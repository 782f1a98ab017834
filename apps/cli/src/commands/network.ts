import type { Command } from 'commander';
import { listed } from '../arguments';
import { example } from '../cli';
import type { Surroundings } from '../cli';
import { addResourceCommands } from './resource-commands';

export function addNetworkCommands(program: Command, surroundings: Surroundings): void {
  const network = program
    .command('network')
    .description('The inventory: VPCs, vSwitches, network interfaces');
  network.addHelpText('after', example('network vpcs create --cidr 10.0.0.0/16 --name shop'));
  addResourceCommands(network, surroundings, {
    group: 'vpcs',
    description: 'Virtual private clouds',
    singular: 'VPC',
    path: () => '/api/v1/vpcs',
    id: 'vpc',
    idOf: ({ vpcId }) => String(vpcId),
    columns: ['vpcId', 'name', 'cidrBlock', 'regionId', 'createdAt'],
    example: 'network vpcs create --cidr 10.0.0.0/16 --name shop',
    describeCreation: (command) =>
      command
        .requiredOption('--cidr <block>', 'such as 10.0.0.0/16')
        .option('--name <name>', 'need not be unique', '')
        .option('--id <vpc-id>', 'made when absent')
        .option('--region <region>'),
    request: ({ id, cidr, name, region }) => ({ vpcId: id, cidrBlock: cidr, name, regionId: region }),
  });
  addResourceCommands(network, surroundings, {
    group: 'vswitches',
    description: 'Subnets of a VPC, each in a zone',
    singular: 'vSwitch',
    path: () => '/api/v1/vswitches',
    id: 'vswitch',
    idOf: ({ vSwitchId }) => String(vSwitchId),
    columns: ['vSwitchId', 'name', 'vpcId', 'cidrBlock', 'zoneId', 'createdAt'],
    example: 'network vswitches create --vpc vpc-bp1example --zone cn-hangzhou-h --cidr 10.0.1.0/24',
    describeCreation: (command) =>
      command
        .requiredOption('--vpc <vpc-id>')
        .requiredOption('--zone <zone-id>', 'such as cn-hangzhou-h')
        .requiredOption('--cidr <block>', 'inside the block of the VPC')
        .option('--name <name>', 'need not be unique', '')
        .option('--id <vswitch-id>', 'made when absent'),
    request: ({ id, vpc, zone, cidr, name }) => ({
      vSwitchId: id,
      vpcId: vpc,
      zoneId: zone,
      cidrBlock: cidr,
      name,
    }),
  });
  addInterfaceCommands(network, surroundings);
}

function addInterfaceCommands(network: Command, surroundings: Surroundings): void {
  addResourceCommands(network, surroundings, {
    group: 'enis',
    description: 'Elastic network interfaces',
    singular: 'network interface',
    path: () => '/api/v1/network-interfaces',
    id: 'eni',
    idOf: ({ networkInterfaceId }) => String(networkInterfaceId),
    columns: ['networkInterfaceId', 'vSwitchId', 'privateIpAddresses', 'instanceId', 'instanceType'],
    example:
      'network enis create --vswitch vsw-bp1example --address 10.0.1.5 --instance i-web1 --instance-type ecs.g7.large',
    describeCreation: (command) =>
      command
        .requiredOption('--vswitch <vswitch-id>')
        .requiredOption('--address <addresses>', 'comma separated, the primary one first', listed)
        .option('--instance <instance-id>', 'what it is attached to')
        .option('--instance-type <type>', 'such as ecs.g7.large')
        .option('--id <eni-id>', 'made when absent'),
    request: ({ id, vswitch, address, instance, instanceType }) => ({
      networkInterfaceId: id,
      vSwitchId: vswitch,
      privateIpAddresses: address,
      instanceId: instance,
      instanceType,
    }),
  });
}
