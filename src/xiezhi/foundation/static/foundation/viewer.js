// Materials beside a form: turn pages, zoom, rotate; the keys stand on the buttons (data-key).

const ZOOM = { least: 0.5, most: 4, step: 1.25 };

const pagesOf = (viewer) => [...viewer.querySelectorAll("[data-viewer-number]")];

function prepare(viewer) {
  viewer.querySelector("[data-viewer-tools]").hidden = pagesOf(viewer).length === 0;
  if (viewer.dataset.viewerReady) return;
  viewer.dataset.viewerReady = "yes";
  let current = 0;
  let zoom = 1;
  let top = 0;
  const turns = new Map();
  // The pages are looked up each time: they are put in anew when a material arrives.
  const scroll = () => viewer.querySelector("[data-viewer-scroll]");

  const settle = () => {
    const box = scroll();
    const middle = box.getBoundingClientRect().top + box.clientHeight / 2;
    const found = pagesOf(viewer).findLastIndex((page) => page.getBoundingClientRect().top <= middle);
    current = Math.max(found, 0);
    top = box.scrollTop;
    viewer.querySelector("[data-viewer-page]").textContent = String(current + 1);
  };
  const go = (index) => {
    const pages = pagesOf(viewer);
    const page = pages[Math.min(Math.max(index, 0), pages.length - 1)];
    const gap = page.getBoundingClientRect().top - scroll().getBoundingClientRect().top;
    scroll().scrollTop += gap - 12;
  };
  const setZoom = (value) => {
    zoom = Math.min(Math.max(value, ZOOM.least), ZOOM.most);
    scroll().style.setProperty("--zoom", String(zoom));
  };
  const acts = {
    next: () => go(current + 1),
    previous: () => go(current - 1),
    in: () => setZoom(zoom * ZOOM.step),
    out: () => setZoom(zoom / ZOOM.step),
    turn: () => {
      const page = pagesOf(viewer)[current];
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
    go(pagesOf(viewer).findIndex((page) => `#${page.id}` === link.hash));
  });
  viewer.addEventListener("scroll", settle, { capture: true, passive: true });
  viewer.addEventListener("viewer:renewed", () => {
    scroll().scrollTop = top;
    setZoom(zoom);
  });
}

const prepareAll = () => document.querySelectorAll("[data-viewer]").forEach(prepare);
document.addEventListener("htmx:load", (event) => {
  prepareAll();
  event.target.closest?.("[data-viewer]")?.dispatchEvent(new Event("viewer:renewed"));
});
prepareAll();
