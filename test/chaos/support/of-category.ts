import type { ReadAllOptions, SubscribeOptions } from '@flowledger/event-sourcing';
import { Around } from './around';

/** Shows only the streams of one category: on a shared server nobody wants to fold what others left there. */
export class OfCategory extends Around {
  private readonly prefix: string;

  /** Categories that begin with this one's name are shown too. */
  constructor(inner: Around['inner'], category: string) {
    super(inner);
    this.prefix = category.replace(/-$/, '');
  }

  override readAll(options: ReadAllOptions = {}) {
    return super.readAll({ ...options, streamPrefixes: options.streamPrefixes ?? [this.prefix] });
  }

  override subscribe(options: SubscribeOptions = {}) {
    return super.subscribe({ ...options, streamPrefixes: options.streamPrefixes ?? [this.prefix] });
  }
}
