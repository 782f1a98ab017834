export * from './upcasting-event-store';
