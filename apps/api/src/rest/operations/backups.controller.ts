import { Body, Post } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Relieves } from '../../back-pressure/back-pressure.interceptor';
import { RequiresRole } from '../../http/principal';
import { Backups } from '../../ports';
import type { BackedUp } from '../../ports';
import { Text } from '../members/members';
import { Resource, Writes } from '../members/routes';

export class CreateBackupBody {
  @Text({ example: '/var/backups/flowledger', description: "New or empty, on the service's machine" })
  directory: string;
}

export class BackupResource implements BackedUp {
  @ApiProperty() directory: string;
  @ApiProperty({ description: 'Events in the set; 0 when they are in EventStoreDB' }) events: number;
  @ApiProperty() segments: number;
}

@Resource('backups', 'Operations')
export class BackupsController {
  constructor(private readonly backups: Backups) {}

  @Post()
  @RequiresRole('administrator')
  @Relieves()
  @Writes('Back up events, spool, segments and keys as one consistent set', 201, BackupResource, 409)
  create(@Body() { directory }: CreateBackupBody): Promise<BackedUp> {
    return this.backups.create(directory);
  }
}
