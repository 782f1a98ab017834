export * from './decode';
export * from './errors';
export * from './flow-totals';
export * from './format';
export * from './read-capture';
export * from './simulator';
