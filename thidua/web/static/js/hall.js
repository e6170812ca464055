// The screen of a ceremony: asks each second what has changed, lights cards, turns with the great
// moment. After a lost connection it is right again by itself. Without this the page reloads.
import { hostKeys } from "./hall-host.js";

const EVERY = 1000; // milliseconds between two looks on a hall's screen
const EVERY_PHONE = 2000; // there are hundreds of phones
const LONGEST = 4000; // between two tries while the line is broken
const PATIENCE = 5000; // for one answer

class Hall {
  constructor(body) {
    this.body = body;
    this.url = body.dataset.hall;
    this.tag = `"${body.dataset.tag}"`;
    this.failures = 0;
    this.line = body.querySelector("[data-hall-line]");
    this.told = body.querySelector("[data-hall-told]");
    addEventListener("online", () => this.look());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.look();
    });
    this.wait();
  }

  pause() {
    const every = matchMedia("(max-width: 43.75rem)").matches ? EVERY_PHONE : EVERY;
    const longer = Math.min(every * 1.5 ** this.failures, Math.max(LONGEST, every));
    return longer * (0.9 + Math.random() * 0.2); // not all phones at once
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.pause());
  }

  async look() {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const answer = await fetch(this.url, {
        headers: { "If-None-Match": this.tag, Accept: "application/json" },
        cache: "no-store",
        credentials: "omit",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 200) await this.show(await answer.json());
      else if (answer.status !== 304) throw new Error(String(answer.status));
      if (answer.status === 200) this.tag = answer.headers.get("ETag") ?? "";
      this.failures = 0;
    } catch {
      this.failures += 1;
    }
    this.isLooking = false;
    this.line.hidden = this.failures === 0;
    this.wait();
  }

  /** Put a state on the screen; members that came or left are read from the page itself. */
  async show(state) {
    const shown = this.seats();
    if (state.seats.some(([id]) => !shown.has(String(id))) || state.seats.length !== shown.size) {
      await this.readSeats();
    }
    const seats = this.seats();
    for (const [id, told] of state.seats) this.light(seats.get(String(id)), told);
    for (const [id, seat] of seats) {
      seat.classList.toggle("is-called", id === String(state.called));
    }
    this.call(seats.get(String(state.called)));
    this.write("[data-hall-signed]", state.seats.filter(([, told]) => told.length).length);
    this.write("[data-hall-total]", state.seats.length);
    this.write("[data-hall-since]", state.since);
    this.body.toggleAttribute("data-dark", state.is_dark);
    this.turnTo(state.stage);
  }

  seats() {
    const found = this.body.querySelectorAll("[data-seat]");
    return new Map([...found].map((seat) => [seat.dataset.seat, seat]));
  }

  async readSeats() {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = "[data-hall-seats]";
    this.body.querySelector(list).replaceChildren(...page.querySelector(list).children);
    this.body.className = page.body.className;
  }

  light(seat, told) {
    const isLit = told.length > 0;
    if (!seat || seat.classList.contains("is-lit") === isLit) return;
    const [signer = "", office = "", at = ""] = told;
    seat.querySelector(".seat__signer").textContent = signer;
    seat.querySelector(".seat__office span").textContent = office;
    seat.querySelector(".seat__office time").textContent = at;
    seat.classList.toggle("is-lit", isLit);
    const name = seat.querySelector(".seat__name").textContent;
    if (isLit) this.told.textContent = `${this.body.dataset.of} ${name}. ${signer}`;
  }

  call(seat) {
    const name = seat?.querySelector(".seat__name").textContent ?? "";
    this.body.querySelector("[data-hall-call] span").hidden = !name;
    this.write("[data-hall-called]", name);
  }

  write(where, words) {
    const place = this.body.querySelector(where);
    if (place.textContent !== String(words)) place.textContent = words;
  }

  turnTo(stage) {
    if (this.body.dataset.stage === stage) return;
    this.body.dataset.stage = stage;
    if (stage === "in_force") {
      this.told.textContent = this.body.querySelector(".hall__moment").textContent.trim();
    }
  }
}

const hall = new Hall(document.body);
hostKeys(document.body, () => hall.look());
