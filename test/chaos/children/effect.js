/** A process manager that ships orders, and its effect: an event with the id of the command, so that a repetition is the same. */
const shippingOf = (category) => ({
  name: `${category}shipping`,
  streamPrefixes: [`${category}order-`],
  correlate: ({ data }) => [data.order],
  initialState: () => 0,
  evolve: (seen) => seen + 1,
  react: (_, { type, data }) =>
    type === 'Ordered' ? { commands: [{ type: 'Ship', order: data.order }] } : {},
});

const ship = (events, category, { commandId, order }) =>
  events.append(`${category}shipped-${order}`, 'no-stream', [
    {
      id: commandId,
      type: 'Shipped',
      data: { order },
      metadata: {
        $correlationId: commandId,
        $causationId: commandId,
        actor: 'token-1',
        accountId: '1000000000000001',
        command: 'Ship',
        schemaVersion: 1,
      },
    },
  ]);

module.exports = { ship, shippingOf };
