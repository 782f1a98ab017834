import { recorded } from '@flowledger/event-sourcing/testing';
import { toCloudEvent } from './cloud-event';

const event = { type: 'FlowLogStopped', data: { flowLogId: 'fl-1' } };

describe('a recorded event as a CloudEvent', () => {
  it('has every attribute that CloudEvents 1.0 asks for', () => {
    const given = recorded(event, 3, {
      stream: 'flowLog-fl-1',
      regionId: 'cn-hangzhou',
      metadata: { schemaVersion: 2 },
    });
    expect(toCloudEvent(given)).toEqual({
      specversion: '1.0',
      id: given.id,
      type: 'io.flowledger.FlowLogStopped.v2',
      source: '/accounts/1000000000000001/flowLog',
      subject: 'flowLog-fl-1',
      time: '2026-01-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:flowledger:event:FlowLogStopped:v2',
      data: { flowLogId: 'fl-1' },
      sequence: '3',
      position: '3',
      correlationid: given.metadata.$correlationId,
      causationid: given.metadata.$causationId,
      actor: 'token-1',
      command: 'Test',
      regionid: 'cn-hangzhou',
    });
  });

  it('names attributes as CloudEvents allows: lower-case letters and digits, at most 20', () => {
    const metadata = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
    const given = toCloudEvent(recorded(event, 0, { metadata }));
    expect(Object.keys(given).filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
    expect(given.traceparent).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  });
});
