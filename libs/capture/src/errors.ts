/** The file breaks its own format. What stands before `offset` was readable; the rest cannot be trusted. */
export class BrokenCapture extends Error {
  constructor(
    /** Byte offset of the record or block that is at fault. */
    readonly offset: number,
    readonly reason: string,
    /** Whole packets read before it. */
    readonly packetsRead: number,
  ) {
    super(`The capture is broken at byte ${offset}: ${reason} (${packetsRead} packets read before)`);
    this.name = 'BrokenCapture';
  }
}

/** Packets of this link type cannot be decoded. Capture on an Ethernet, raw IP, cooked or loopback link instead. */
export class UnsupportedLinkType extends Error {
  constructor(readonly linkType: number) {
    super(
      `Link type ${linkType} is not supported: capture on an Ethernet, raw IP, Linux cooked or loopback link`,
    );
    this.name = 'UnsupportedLinkType';
  }
}
