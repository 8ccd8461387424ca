// The network is asked first; where it is silent, or the server fails, the copy answers.
const PATIENCE = 4000;
const silence = () => new Promise((_, reject) => { setTimeout(reject, PATIENCE); });
const file = async (request) => (await caches.match(request)) || fetch(request);
const screenOf = (path) => (/^\/wallet\/[A-Z]{8}$/.test(path) ? [`${path}/full-screen`] : []);

// A code that is kept can be shown full screen, too.
const beside = async (path) => {
  for (const screen of screenOf(path)) if ((await take(path)) && !(await take(screen))) await renew(screen);
};

const page = async (event, path) => {
  const copy = await take(path);
  const network = fetch(event.request).then((answer) => {
    if (KEPT.test(path)) event.waitUntil(judge(path, answer.clone()).then(() => beside(path)));
    return answer;
  });
  event.waitUntil(network.catch(() => {}));
  try {
    const answer = await (copy ? Promise.race([network, silence()]) : network);
    return copy && answer.status >= 500 ? drawn(copy) : answer;
  } catch {
    return copy ? drawn(copy) : caches.match("/offline");
  }
};

// What the page of a claim learns of it, and what it does to it, changes what may be kept.
const part = async (event, claim) => {
  const answer = await fetch(event.request);
  if (answer.status === 401) event.waitUntil(wipe());
  else if (answer.status === 200) event.waitUntil(renew(claim).then(() => renew(`${claim}/full-screen`)));
  return answer;
};
