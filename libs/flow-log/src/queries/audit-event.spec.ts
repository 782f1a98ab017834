import { recorded } from '@flowledger/event-sourcing/testing';
import { auditEventOf } from './audit-event';

describe('an event in the audit trail', () => {
  it('names actor, command, cause and place', () =>
    expect(auditEventOf(recorded({ type: 'FlowLogStopped', data: { flowLogId: 'fl-1' } }, 3))).toMatchObject({
      position: '3',
      stream: 'test-1',
      revision: 3,
      type: 'FlowLogStopped',
      recordedAt: '2026-01-01T00:00:00.000Z',
      actor: 'token-1',
      command: 'Test',
      data: { flowLogId: 'fl-1' },
    }));
  it('tells nothing of a secret', () => {
    const token = { type: 'TokenCreated', data: { tokenId: 't', role: 'reader', secretHash: 'ab' } };
    expect(auditEventOf(recorded(token, 0, { stream: 'access-1' })).data).toEqual({
      tokenId: 't',
      role: 'reader',
    });
  });
});
