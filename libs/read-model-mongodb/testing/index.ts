export * from './fake-mongo-server';
