import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../http/principal';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flowledger</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 4rem auto; padding: 0 1.5rem; color: #1c2430; }
  h1 { font-size: 1.9rem; margin-bottom: .25rem; }
  p.lead { color: #566173; margin-top: 0; }
  ul { list-style: none; padding: 0; }
  li { border-top: 1px solid #e2e6ec; padding: .8rem 0; display: flex; gap: 1.25rem; }
  a { color: #0b62c4; text-decoration: none; font-weight: 600; min-width: 9rem; }
  a:hover { text-decoration: underline; }
  code { background: #f2f4f7; padding: .1rem .35rem; border-radius: 4px; }
</style>
</head>
<body>
<h1>Flowledger</h1>
<p class="lead">VPC flow logs as a service that you run yourself. It is up and ready.</p>
<ul>
  <li><a href="/api/docs">REST</a><span>every route, with a form to try it</span></li>
  <li><a href="/api/openapi.json">OpenAPI</a><span>the same as a document</span></li>
  <li><a href="/graphiql">GraphQL</a><span>an editor for <code>/graphql</code></span></li>
  <li><a href="/events">Events</a><span>what is stored, who decides it and who follows it</span></li>
  <li><a href="/health/ready">Health</a><span>whether it can serve, and if not, why</span></li>
</ul>
<p>Everything but health and these pages needs a token: <code>Authorization: Bearer …</code>. The first one is in the file
<code>root-token</code> of the data directory. On the command line: <code>npx flowledger --help</code>.</p>
</body>
</html>
`;

/** What a browser finds at the address that the service prints. */
@Controller()
@ApiExcludeController()
@Public()
export class LandingController {
  @Get('/')
  @Header('Content-Type', 'text/html; charset=utf-8')
  show(): string {
    return page;
  }
}
