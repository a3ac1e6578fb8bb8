/** The looks of the login side's pages. Contrasts are at least 4.5 to 1 for text and 3 to 1 for what is clicked, in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f4f6; --card: #fff; --text: #1b1f27; --quiet: #555d6b; --line: #868e9c; --faint: #d5d9e0;
  --accent: #0b5cad; --on-accent: #fff; --picked: #e5effa; --warn: #ffd43b; --on-warn: #221a00; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --card: #1d2128; --text: #e8eaee; --quiet: #a5adba; --line: #78818f; --faint: #343a45;
    --accent: #7db8f5; --on-accent: #0b1a2a; --picked: #22354b; --warn: #e8b923; --on-warn: #1d1500; --bad: #ff9c92;
  }
}
* { box-sizing: border-box; }
html { scroll-padding: 5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.sandbox { background: var(--warn); color: var(--on-warn); padding: .6rem 1.25rem; text-align: center; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.75rem 2rem; background: var(--card); border: 1px solid var(--faint); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
p { margin: .5rem 0; }
code { font: .875em/1.5 ui-monospace, monospace; }
.quiet { color: var(--quiet); font-size: .9rem; }
.problem { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid var(--bad); }
label, legend { font-weight: 600; }
.search { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 1.5rem 0 1rem; }
.search label { flex-basis: 100%; }
input[type=search] { flex: 1; min-width: 0; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .4rem; }
button { padding: .5rem 1.1rem; font: inherit; font-weight: 600; color: var(--accent); background: transparent; border: 1px solid currentColor; border-radius: .4rem; cursor: pointer; }
.main { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 0 0 .4rem; }
.person { display: flex; gap: .75rem; align-items: flex-start; padding: .5rem .75rem; border-top: 1px solid var(--faint); font-weight: 400; cursor: pointer; }
.person:hover { background: var(--ground); }
.person:has(:checked) { background: var(--picked); }
.person:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: .3rem; }
.person input { flex: none; margin: 4px 0 0; width: 16px; height: 16px; accent-color: var(--accent); }
.person input:focus-visible { outline: none; }
.person > span { min-width: 0; }
.name { display: block; font-weight: 600; }
.about { color: var(--quiet); font-size: .875rem; }
.person:has(:checked) .about { color: inherit; }
.end { position: sticky; bottom: 0; display: flex; gap: .75rem; margin: 0 -2rem -1.75rem; padding: 1rem 2rem; background: var(--card); border-top: 1px solid var(--faint); border-radius: 0 0 .75rem .75rem; }
@media (max-width: 30rem) {
  main { margin: 0; padding: 1.25rem; border-width: 1px 0; border-radius: 0; }
  .end { margin: 0 -1.25rem -1.25rem; padding: .9rem 1.25rem; border-radius: 0; }
}
@media (forced-colors: active) { .person:has(:checked) { outline: 2px solid Highlight; outline-offset: -2px; } }
`;
