import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../http/principal';
import { editorPage, editorStyle } from './editor-page';
import { editorScript } from './editor-script';

/** A page to try `/graphql`. It loads nothing from elsewhere; what it asks needs a token like any other request. */
@Controller('graphiql')
@ApiExcludeController()
@Public()
export class EditorController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return editorPage;
  }

  @Get('editor.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): string {
    return editorStyle;
  }

  @Get('editor.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): string {
    return editorScript;
  }
}
