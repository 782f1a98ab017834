import { cellText, factLines, TableFormat } from './table';

describe('a table', () => {
  const table = () =>
    new TableFormat<{ name: string; size: number | null }>([
      { title: 'name', of: ({ name }) => name },
      { title: 'size', of: ({ size }) => size, align: 'right' },
    ]);

  it('aligns words to the left and numbers to the right', () => {
    expect(
      table().lines([
        { name: 'a', size: 12345 },
        { name: 'longer', size: 7 },
      ]),
    ).toEqual(['NAME     SIZE', 'a       12345', 'longer      7']);
  });

  it('shows nothing as a dash', () => {
    expect(table().lines([{ name: '', size: null }])).toEqual(['NAME  SIZE', '-        -']);
  });

  it('keeps titles and widths over its pages', () => {
    const pages = table();
    pages.lines([{ name: 'longer', size: 1 }]);
    expect(pages.lines([{ name: 'a', size: 2 }])).toEqual(['a          2']);
  });
});

describe('text that others wrote', () => {
  it('cannot steer a terminal', () => {
    expect(cellText('\u001b[2Jgone\n\u009b1m')).toBe('\\x1b[2Jgone\\x0a\\x9b1m');
  });

  it('is shown as it is otherwise', () => {
    expect(cellText('Prüfung 网络')).toBe('Prüfung 网络');
  });
});

describe('facts', () => {
  it('stand below each other, lists in one line', () => {
    expect(factLines({ name: 'x', 'traffic path': ['a', 'b'] })).toEqual([
      'name          x',
      'traffic path  a, b',
    ]);
  });
});
