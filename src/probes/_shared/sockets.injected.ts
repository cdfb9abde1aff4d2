/** Runs inside a page: what it sends by a socket of its own can be sent once more by the same socket. */
interface Keeping {
  __plummetSocket?: WebSocket;
}

/** The socket by which the page sent last is kept at hand. */
export function keepSocket(): void {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    (window as Keeping).__plummetSocket = this;
    send.call(this, data);
  };
}

/** Is it open, so that the text was given to it? */
export function sendByKept(text: string): boolean {
  const socket = (window as Keeping).__plummetSocket;
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(text);
  return true;
}
