// Browser notifications: without them, or without this script, the way is not offered.
"use strict";

const form = document.querySelector("form[data-push]");
const option = form && form.querySelector('input[name="way"][value="web_push"]');
const able = "serviceWorker" in navigator && "PushManager" in window;

function bytes(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(window.atob(padded), (letter) => letter.charCodeAt(0));
}

async function permit() {
  if ((await Notification.requestPermission()) !== "granted") return "";
  const worker = await navigator.serviceWorker.register(form.dataset.worker);
  await navigator.serviceWorker.ready;
  const push = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(form.dataset.push),
  });
  return JSON.stringify(push);
}

if (option && !able) option.closest(".choice").remove();
if (option && able) {
  const problem = form.querySelector("[data-push-problem]");
  form.addEventListener("submit", async (event) => {
    const field = form.elements.browser;
    if (!option.checked || field.value) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      field.value = await permit();
    } catch {
      field.value = "";
    }
    problem.hidden = field.value !== "";
    if (field.value) form.requestSubmit();
  });
}
