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

// What could not be reached is tried again as if the person had just changed something.
const RETRY = 10000;
const again = (form) => {
  clearTimeout(Number(form.dataset.draftRetry));
  form.dataset.draftRetry = String(setTimeout(() => window.htmx?.trigger(form, "change"), RETRY));
};

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (form) say(form, "正在保存…");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = formOf(event);
  if (!form) return;
  const { successful, xhr } = event.detail;
  if (!successful && xhr.status >= 400 && xhr.status < 500) {
    say(form, "没有保存，原因见页面上方的说明");
    return;
  }
  if (!successful) {
    say(form, "还没有保存上，会自动再试；请先不要关闭页面");
    again(form);
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
