import { Get } from '@nestjs/common';
import type { AsyncApiDocument } from '@flowledger/event-catalogue';
import { Reads, Resource } from '../members/routes';
import { publishedCatalogue } from './published-catalogue';

@Resource('events/catalogue', 'Audit')
export class EventCatalogueController {
  private document?: AsyncApiDocument;

  @Get()
  @Reads('What is stored, who decides it and who follows it: an AsyncAPI 3 document', {
    schema: { type: 'object' },
  })
  show(): AsyncApiDocument {
    return (this.document ??= publishedCatalogue());
  }
}
