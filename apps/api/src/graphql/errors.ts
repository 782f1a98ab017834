import { HttpRefusal } from '../http/http-errors';

/** The document is not one that this schema can carry out. */
export class InvalidQuery extends HttpRefusal {
  readonly status = 400;
  readonly code = 'InvalidQuery';
}

export class QueryTooDeep extends HttpRefusal {
  readonly status = 422;
  readonly code = 'QueryTooDeep';
  constructor(depth: number, limit: number) {
    super(`The query is ${depth} fields deep; at most ${limit} are allowed`);
  }
}

export class QueryTooExpensive extends HttpRefusal {
  readonly status = 422;
  readonly code = 'QueryTooExpensive';
  constructor(cost: number, limit: number) {
    super(`The query costs ${cost}; at most ${limit} is allowed. Ask for smaller pages or fewer fields`);
  }
}
