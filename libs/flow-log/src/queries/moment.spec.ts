import { logPosition } from '@flowledger/event-sourcing';
import { parseMoment } from './moment';

describe('a moment of the log', () => {
  it('is a position', () => {
    expect(parseMoment('42')).toEqual({ position: logPosition(42) });
    expect(parseMoment('42.40')).toEqual({ position: logPosition(42, 40) });
  });
  it('is a time with its zone', () => {
    expect(parseMoment('2026-01-01T00:00:00.500Z')).toEqual({ time: Date.UTC(2026, 0, 1, 0, 0, 0, 500) });
    expect(parseMoment('2026-01-01T01:00+01:00')).toEqual({ time: Date.UTC(2026, 0, 1) });
  });
  it.each(['', 'yesterday', '2026-01-01', '2026-13-01T00:00:00Z', '2026-01-01T00:00:00', '-1'])(
    'is not "%s"',
    (text) => expect(() => parseMoment(text)).toThrow('InvalidParameter'),
  );
});
