// The signing service of Ban Cơ yếu Chính phủ (VGCA) on this machine, as js/local-signer.js wants
// any such service to be:
//   available(call) → Promise<boolean>: is there a service that answers?
//   sign({ call, file, handler, session, metadata }) → Promise<{ isDone, code, message }>;
//     it fails with a SignerFault of kind "absent", "gone", "late" or "unreadable".
// One socket for each call: one JSON text goes out, one comes back. What all is called stands in
// thidua/web/covenants/vgca.py alone and comes here as `names`.

const PATIENCE = 5_000; // ms until a service that runs has opened its socket
const WAIT = 15 * 60_000; // ms to choose a certificate and type its PIN

export class SignerFault extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

export class VgcaSigner {
  constructor(address, names) {
    this.address = address;
    this.names = names;
  }

  open(call) {
    return new WebSocket(this.address + this.names.calls[call]);
  }

  /** Say whether the service opens a socket for this call; nothing is sent to it. */
  available(call) {
    return new Promise((resolve) => {
      const socket = this.open(call);
      const end = (isThere) => {
        clearTimeout(timer);
        socket.close();
        resolve(isThere);
      };
      const timer = setTimeout(end, PATIENCE, false);
      socket.onopen = () => end(true);
      socket.onerror = () => end(false);
    });
  }

  /** Let the service fetch `file`, have it signed, and bring it to `handler`. */
  sign(asked) {
    return new Promise((resolve, reject) => {
      const socket = this.open(asked.call);
      let isOpen = false;
      const end = (settle, value) => {
        clearTimeout(timer);
        settle(value);
        socket.close();
      };
      const timer = setTimeout(() => end(reject, new SignerFault("late")), WAIT);
      socket.onopen = () => {
        isOpen = true;
        socket.send(JSON.stringify(this.request(asked)));
      };
      socket.onclose = () => end(reject, new SignerFault(isOpen ? "gone" : "absent"));
      socket.onmessage = (event) => {
        const answer = this.answer(event.data);
        if (answer) end(resolve, answer);
        else end(reject, new SignerFault("unreadable"));
      };
    });
  }

  request({ call, file, handler, session, metadata }) {
    const { request, metadata: pair, more } = this.names;
    return {
      [request.handler]: handler,
      [request.session]: session,
      [request.token]: "",
      [request.file]: file,
      [request.metadata]: Object.entries(metadata).map(([name, value]) => ({
        [pair.name]: name,
        [pair.value]: value,
      })),
      ...more[call],
    };
  }

  answer(text) {
    const { answer, done } = this.names;
    try {
      const told = JSON.parse(text);
      const code = told[answer.status];
      if (code === undefined || code === null || code === "") return null;
      return {
        isDone: Number(code) === done && typeof code !== "boolean",
        code: String(code).slice(0, 20),
        message: String(told[answer.message] ?? "").slice(0, 300),
      };
    } catch {
      return null;
    }
  }
}
