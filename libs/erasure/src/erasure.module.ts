import { Module } from '@nestjs/common';
import { EraseSubjectHandler } from './commands/erase-subject';

/** Needs the kernel's AggregateStore and a KeyStore, which the app provides globally. */
@Module({ providers: [EraseSubjectHandler] })
export class ErasureModule {}
