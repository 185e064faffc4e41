import { page, type Answer } from '../../../shared/exchange';
import { html, raw, type Content, type Markup } from '../../../shared/markup';

const style = raw(`:root{color-scheme:light;--ink:#1a1f36;--soft:#545969;--line:#d5dbe1;--blue:#0055de}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;margin:0;background:#f6f8fa;color:var(--ink)}
main{max-width:27rem;margin:3rem auto;background:#fff;border-radius:12px;padding:2rem;box-shadow:0 1px 3px #0000001a,0 8px 28px #00000014}
main.wide{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.1fr);max-width:60rem;padding:0;overflow:hidden}main.wide>section{padding:2.2rem}main.wide>section:first-child{background:#f2f5f9}
@media (max-width:46rem){main{margin:0;border-radius:0;box-shadow:none;min-height:100vh}main.wide{display:block}main.wide>section{padding:1.4rem}}
h1{font-size:1.05rem;margin:0 0 .2rem;font-weight:600;color:var(--soft)}h2{font-size:1.1rem;margin:0 0 1rem}p.total{font-size:2.2rem;line-height:1.2;font-weight:650;margin:.1rem 0 1.2rem;font-variant-numeric:tabular-nums}
ul.items{list-style:none;margin:0;padding:0}ul.items li{display:flex;justify-content:space-between;gap:1rem;padding:.5rem 0;border-top:1px solid var(--line)}ul.items span:last-child{white-space:nowrap;font-variant-numeric:tabular-nums}ul.items small{display:block;color:var(--soft)}
label{display:block;margin:0 0 .3rem;font-size:.9rem;font-weight:500}.field{margin:0 0 1rem}input:not([type=radio]){width:100%;font:inherit;padding:.6rem .7rem;border:1px solid #98a1b0;border-radius:7px;background:#fff;color:inherit}input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #0055de66;outline-offset:1px}
.row{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}fieldset{border:1px solid var(--line);border-radius:9px;margin:0 0 1rem;padding:.4rem 1rem}legend{font-size:.9rem;font-weight:500;padding:0 .3rem}fieldset label{display:flex;gap:.6rem;align-items:center;margin:0;padding:.45rem 0;font-size:1rem}
button{font:inherit;font-weight:600;width:100%;padding:.75rem;margin:.4rem 0 0;border:0;border-radius:8px;background:var(--blue);color:#fff;cursor:pointer}button.plain{background:#fff;color:var(--ink);box-shadow:inset 0 0 0 1px #98a1b0}button:disabled{opacity:.7;cursor:progress}
.error{background:#fdecea;color:#8a1c12;border-radius:8px;padding:.7rem .9rem;margin:0 0 1rem}.test{font-size:.8rem;color:var(--soft);margin:1.4rem 0 0}a{color:var(--blue)}
dl{margin:0 0 1rem}dl div{display:flex;justify-content:space-between;gap:1rem;padding:.45rem 0;border-top:1px solid var(--line)}dt{color:var(--soft)}dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
form:has(#type-customer_balance:checked) .card{display:none}`);

export const shell = (title: string, inside: Markup, kind: 'narrow' | 'wide' = 'narrow'): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${title}</title><style>${style}</style></head>
<body><main class="${kind}">${inside}${kind === 'narrow' ? testNote : ''}</main></body></html>`;

export const testNote = html`<p class="test">Test mode · played by the sandbox</p>`;

export const gone = (message: string, status = 404): Answer => page(shell('Something went wrong', html`<h2>Something went wrong</h2><p>${message}</p>`), { status });

export const facts = (known: Readonly<Record<string, Content>>): Markup =>
  html`<dl>${Object.entries(known)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Puts blanks where people expect them, and sends the form once. Without it everything works as well. */
export const formScript = raw(`<script type="module">
const shape=(id,put)=>{const one=document.getElementById(id);one&&one.addEventListener('input',()=>{if(one.selectionStart===one.value.length){const next=put(one.value.replace(/\\D/g,''),one.value);if(next!==one.value)one.value=next}})};
shape('cardNumber',d=>d.slice(0,19).replace(/(.{4})(?=.)/g,'$1 '));
shape('cardExpiry',(d,was)=>d.length>2?d.slice(0,2)+' / '+d.slice(2,6):was.replace(/[^\\d/ ]/g,''));
shape('cardCvc',d=>d.slice(0,4));
const form=document.querySelector('form'),button=form&&form.querySelector('button[type=submit]');
form&&form.addEventListener('submit',()=>{setTimeout(()=>{button.disabled=true;button.textContent='Processing…'})});
addEventListener('pageshow',event=>{if(event.persisted)location.reload()});
</script>`);
