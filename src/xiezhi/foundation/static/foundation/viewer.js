// Materials beside a form: turn pages, zoom, rotate; the keys stand on the buttons (data-key).

const ZOOM = { least: 0.5, most: 4, step: 1.25 };

function prepare(viewer) {
  if (viewer.dataset.viewerReady) return;
  viewer.dataset.viewerReady = "yes";
  const scroll = viewer.querySelector("[data-viewer-scroll]");
  const pages = [...viewer.querySelectorAll("[data-viewer-number]")];
  const shown = viewer.querySelector("[data-viewer-page]");
  let current = 0;
  let zoom = 1;
  const turns = new Map();
  viewer.querySelector("[data-viewer-tools]").hidden = pages.length === 0;

  const settle = () => {
    const top = scroll.getBoundingClientRect().top;
    const middle = top + scroll.clientHeight / 2;
    const found = pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle);
    current = Math.max(found, 0);
    shown.textContent = String(current + 1);
  };
  const go = (index) => {
    const page = pages[Math.min(Math.max(index, 0), pages.length - 1)];
    const gap = page.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    scroll.scrollTop += gap - 12;
  };
  const setZoom = (value) => {
    zoom = Math.min(Math.max(value, ZOOM.least), ZOOM.most);
    scroll.style.setProperty("--zoom", String(zoom));
  };
  const acts = {
    next: () => go(current + 1),
    previous: () => go(current - 1),
    in: () => setZoom(zoom * ZOOM.step),
    out: () => setZoom(zoom / ZOOM.step),
    turn: () => {
      const page = pages[current];
      const angle = ((turns.get(page) ?? 0) + 90) % 360;
      turns.set(page, angle);
      page.style.setProperty("--turn", `${angle}deg`);
    },
  };
  viewer.addEventListener("click", (event) => {
    const act = event.target.closest("[data-viewer-act]")?.dataset.viewerAct;
    if (act) acts[act]();
    // The list of materials scrolls the pages, not the whole window.
    const link = event.target.closest('.xz-viewer-list a[href^="#page-"]');
    if (!link) return;
    event.preventDefault();
    go(pages.findIndex((page) => `#${page.id}` === link.hash));
  });
  scroll.addEventListener("scroll", settle, { passive: true });
}

const prepareAll = () => document.querySelectorAll("[data-viewer]").forEach(prepare);
document.addEventListener("htmx:load", prepareAll);
prepareAll();
