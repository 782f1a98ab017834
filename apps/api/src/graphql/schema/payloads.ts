import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Token } from './access.types';
import { FlowLog } from './flow-log.types';
import { Logstore, Project } from './log-service.types';
import { NetworkInterface, VSwitch, Vpc } from './network.types';

/** What every command answers. */
@ObjectType()
abstract class Payload {
  @Field(() => String, {
    description:
      'Place of the write in the log. A read with `Flowledger-At-Least` of it sees the write; the resource beside it is ' +
      'null when the read models were more than a second behind, or when it is gone since.',
  })
  position: string;
}

@ObjectType()
export class VpcPayload extends Payload {
  @Field(() => Vpc, { nullable: true })
  vpc: Vpc | null;
}

@ObjectType()
export class DeleteVpcPayload extends Payload {
  @Field(() => ID)
  vpcId: string;
}

@ObjectType()
export class VSwitchPayload extends Payload {
  @Field(() => VSwitch, { nullable: true })
  vSwitch: VSwitch | null;
}

@ObjectType()
export class DeleteVSwitchPayload extends Payload {
  @Field(() => ID)
  vSwitchId: string;
}

@ObjectType()
export class NetworkInterfacePayload extends Payload {
  @Field(() => NetworkInterface, { nullable: true })
  networkInterface: NetworkInterface | null;
}

@ObjectType()
export class DeleteNetworkInterfacePayload extends Payload {
  @Field(() => ID)
  networkInterfaceId: string;
}

@ObjectType()
export class ProjectPayload extends Payload {
  @Field(() => Project, { nullable: true })
  project: Project | null;
}

@ObjectType()
export class DeleteProjectPayload extends Payload {
  @Field(() => String)
  projectName: string;
}

@ObjectType()
export class LogstorePayload extends Payload {
  @Field(() => Logstore, { nullable: true })
  logstore: Logstore | null;
}

@ObjectType()
export class DeleteLogstorePayload extends Payload {
  @Field(() => String)
  projectName: string;

  @Field(() => String)
  logstoreName: string;
}

@ObjectType()
export class FlowLogPayload extends Payload {
  @Field(() => FlowLog, { nullable: true })
  flowLog: FlowLog | null;
}

@ObjectType()
export class CreateTokenPayload extends Payload {
  @Field(() => Token, { nullable: true })
  token: Token | null;

  @Field(() => String, { description: 'The text to sign in with, shown here and never again.' })
  secret: string;
}

@ObjectType()
export class RevokeTokenPayload extends Payload {
  @Field(() => ID)
  tokenId: string;
}
