// A form marked data-draft is saved by htmx as one types; this says when it was last kept.

const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });

const formOf = (event) => {
  const form = event.detail.elt?.closest?.("form[data-draft]");
  return form && event.detail.elt === form ? form : null;
};
const say = (form, words) => {
  const places = form.querySelectorAll("[data-draft-status]");
  const outside = document.querySelectorAll(`[data-draft-status][data-draft-of="${form.id}"]`);
  for (const place of [...places, ...(form.id ? outside : [])]) place.textContent = words;
};

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (form) say(form, "正在保存…");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (!form) return;
  const { successful, xhr } = event.detail;
  if (!successful) {
    say(form, "还没有保存上，稍后会再试；请先不要关闭页面");
    return;
  }
  form.dataset.draftDirty = "";
  say(form, `已保存 ${xhr.getResponseHeader("XZ-Saved-At") ?? clock.format(new Date())}`);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) form.dataset.draftDirty = "yes";
});
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("form[data-draft]")) event.target.dataset.draftDirty = "";
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector('form[data-draft-dirty="yes"]')) event.preventDefault();
});
