export { ApiModule } from './api.module';
export { Admission } from './back-pressure/admission';
export * from './back-pressure/pressure';
export { configureHttp } from './http/configure-http';
export type { HttpOptions } from './http/configure-http';
export type { RequestLogger } from './http/request-log';
export { Changes } from './graphql/changes';
export * from './ports';
export * from './rest/health-report';
