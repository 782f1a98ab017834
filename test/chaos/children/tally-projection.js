/** Counts the events of each stream, so that an event folded twice or left out shows; and notices a broken order. */
const tallies = { name: 'tallies', version: 1, fields: ['stream'] };

const tallyOf = (category) => ({
  readModel: tallies,
  streamPrefixes: [category],
  documentIds: ({ stream }) => stream,
  evolve: (tally = { stream: '', count: 0, outOfOrder: 0 }, { stream, revision }) => ({
    stream,
    count: tally.count + 1,
    outOfOrder: tally.outOfOrder + (Number(revision) === tally.count ? 0 : 1),
  }),
});

module.exports = { tallies, tallyOf };
