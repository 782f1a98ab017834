export { ApiModule } from './api.module';
export { configureHttp } from './http/configure-http';
export type { HttpOptions } from './http/configure-http';
export type { RequestLogger } from './http/request-log';
export { Changes } from './graphql/changes';
export * from './ports';
