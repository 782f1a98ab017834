import { Module } from '@nestjs/common';
import { GetInterfaceCollectionHandler } from './queries/get-interface-collection';
import { ListCoveredInterfacesHandler } from './queries/list-covered-interfaces';

@Module({ providers: [GetInterfaceCollectionHandler, ListCoveredInterfacesHandler] })
export class CollectionScopeModule {}
