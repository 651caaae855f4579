// Keeps the office's page and its built files, so that the desk opens without the net. Never an answer of the API.
const shelf = 'office-1';
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/a/')) {
    event.respondWith(caches.open(shelf).then(async (cache) => {
      const kept = await cache.match(request);
      if (kept) return kept;
      const fresh = await fetch(request);
      if (fresh.ok) cache.put(request, fresh.clone());
      return fresh;
    }));
  } else if (request.mode === 'navigate' && pathname.startsWith('/office/') && !pathname.startsWith('/office/oidc/')) {
    event.respondWith(fetch(request).then((fresh) => {
      if (fresh.ok && !fresh.redirected) {
        const copy = fresh.clone();
        event.waitUntil(caches.open(shelf).then(async (cache) => {
          await cache.put('/office/', copy);
          // Files of releases gone by: a page names at most what it needs, the rest is fetched again when asked for.
          const keys = await cache.keys();
          if (keys.length > 120) await Promise.all(keys.slice(0, keys.length - 120).filter((one) => !one.url.endsWith('/office/')).map((one) => cache.delete(one)));
        }));
      }
      return fresh;
    }, async () => (await caches.match('/office/')) ?? Response.error()));
  }
});
