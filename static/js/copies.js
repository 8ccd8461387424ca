// Pages of the wallet as they are kept on this phone. The server says of each until when it may be;
// a page that comes without such words is not kept, and the copy of it goes.
const PAGES = "pages";
const DAY = 24 * 60 * 60 * 1000;
const LIST = "/wallet";
const KEPT = /^\/wallet(\/[A-Z]{8}(\/full-screen)?)?$/;
let off = false;

const moment = (answer, name) => Number(answer.headers.get(name)) * 1000;
const isOver = (answer) => moment(answer, "Copy-Until") <= Date.now();
const pages = async () => ((await caches.has(PAGES)) ? caches.open(PAGES) : undefined);

const wipe = async () => {
  off = true;
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await registration.unregister();
};

const drop = async (path) => {
  const kept = await pages();
  await kept?.delete(path);
  await kept?.delete(`${path}/full-screen`);
};

const put = async (path, answer) => {
  await (await caches.open(PAGES)).put(path, answer);
  if (off) await wipe(); // signed out meanwhile
};

// A page of the wallet that leads elsewhere leads to the sign-in: whoever kept these codes is out.
const judge = async (path, answer) => {
  const isOut = answer.status === 401 || (answer.type === "opaqueredirect" && !path.endsWith("/full-screen"));
  if (off || answer.status > 404) return;
  if (isOut || (path === LIST && answer.ok && isOver(answer))) await wipe();
  else if (answer.ok && !isOver(answer)) await put(path, answer);
  else await drop(path);
};

const renew = async (path) => judge(path, await fetch(path, { redirect: "manual" }));

const take = async (path) => {
  const copy = await (await pages())?.match(path);
  if (!copy || !isOver(copy)) return copy;
  await drop(path);
  return undefined;
};

// A copy says that it is one, and when it was made; its style leaves out what was true only then.
const drawn = async (copy) => {
  const today = new Date(moment(copy, "Copy-Made")).toDateString() === new Date().toDateString();
  const html = (await copy.text()).replace(" data-keep ", " data-keep data-kept ");
  const shown = html.replace(`data-saved="${today ? "today" : "before"}" hidden`, "data-saved");
  return new Response(shown, { headers: copy.headers });
};
