import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../http/principal';
import { eventsPage } from './events-page';
import { publishedCatalogue } from './published-catalogue';

/** Says what kinds of events there are, as the OpenAPI page does of routes; nothing of what is stored. */
@Controller('events')
@ApiExcludeController()
@Public()
export class EventsPageController {
  private page?: string;

  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return (this.page ??= eventsPage(publishedCatalogue()));
  }
}
