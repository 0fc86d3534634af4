// Shows what was pushed, and opens the page that says more.
"use strict";

self.addEventListener("push", (event) => {
  const news = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(news.title || "停电通知", {
      body: news.body || "",
      tag: news.tag || "",
      lang: "zh-CN",
      data: { path: news.path || "/outages/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.path));
});
