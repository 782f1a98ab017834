import type { ReadAllOptions, SubscribeOptions } from '@flowledger/event-sourcing';
import { Around } from './around';

/** Shows only the streams of one category: on a shared server nobody wants to fold what others left there. */
export class OfCategory extends Around {
  constructor(
    inner: Around['inner'],
    private readonly category: string,
  ) {
    super(inner);
  }

  override readAll(options: ReadAllOptions = {}) {
    return super.readAll({ ...options, streamPrefixes: options.streamPrefixes ?? [this.category] });
  }

  override subscribe(options: SubscribeOptions = {}) {
    return super.subscribe({ ...options, streamPrefixes: options.streamPrefixes ?? [this.category] });
  }
}
