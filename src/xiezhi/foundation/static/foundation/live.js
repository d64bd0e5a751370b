// One event stream for the whole browser: one tab holds it, the others hear it from that tab.
//
// A message is JSON {"kind": "application.received", "id": "…"}. Every part whose hx-trigger names
// live:application.received or live:application is told, if its data-live-id (when it has one) is
// the message's id. After a gap every live part is told once, because what passed is not known.

const url = document.querySelector('meta[name="live-url"]')?.content;
const address = url && new URL(url, document.baseURI).href;
const channel = new BroadcastChannel(`xiezhi-live ${address}`);
const RETRY = { first: 1000, most: 60000 };

function tell(name, id) {
  for (const part of document.querySelectorAll("[hx-trigger]")) {
    const names = part.getAttribute("hx-trigger").split(",").map((word) => word.trim().split(/[\s[]/)[0]);
    const wanted = part.dataset.liveId;
    const fits = name === null ? names.some((word) => word.startsWith("live:")) : names.includes(name);
    if (!fits || (id && wanted && wanted !== id)) continue;
    for (const own of new Set(names)) {
      if (own === name || (name === null && own.startsWith("live:"))) window.htmx?.trigger(part, own);
    }
  }
}

function heard(message) {
  if (message.gap) {
    tell(null, null);
    return;
  }
  const { kind, id } = message;
  const steps = kind.split(".");
  for (let n = steps.length; n > 0; n -= 1) tell(`live:${steps.slice(0, n).join(".")}`, id);
  document.dispatchEvent(new CustomEvent("xz:live", { detail: message }));
}

function share(message) {
  heard(message);
  channel.postMessage(message);
}

// Resolves never: whoever holds the lock holds the stream until its tab is closed.
function lead() {
  return new Promise(() => {
    let wait = RETRY.first;
    let lost = false;
    const open = () => {
      const stream = new EventSource(address, { withCredentials: true });
      stream.onopen = () => {
        wait = RETRY.first;
        if (lost) share({ gap: true });
        lost = false;
      };
      stream.onmessage = (event) => share(JSON.parse(event.data));
      stream.onerror = () => {
        lost = true;
        // The browser reconnects by itself unless the server refused; then we ask again, slowly.
        if (stream.readyState !== EventSource.CLOSED) return;
        setTimeout(open, wait + Math.random() * wait);
        wait = Math.min(wait * 2, RETRY.most);
      };
    };
    open();
  });
}

// Whoever gets the lock only after waiting takes over from a tab that was closed: a gap, however short.
async function attend() {
  const name = `xiezhi-live ${address}`;
  const led = await navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? lead() : false));
  if (led !== false) return;
  await navigator.locks.request(name, () => {
    share({ gap: true });
    return lead();
  });
}

if (address) {
  channel.onmessage = (event) => heard(event.data);
  // Browsers give locks only to pages of a secure origin; without them every tab has its own stream.
  if (navigator.locks) attend();
  else lead();
}
