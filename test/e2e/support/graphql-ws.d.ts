/** Comes with Mercurius, without types; the tests hand its constructor to graphql-ws and call nothing of it. */
declare module 'ws' {
  const WebSocket: new (url: string) => unknown;
  export default WebSocket;
}
