import { h } from './markup.ts';

const keys = [
  ['/', 'search'],
  ['j  k', 'next claim, the one before'],
  ['Enter', 'unfold it, fold it'],
  ['c', 'copy its script to reproduce'],
  ['e', 'unfold all, fold all'],
  ['t', 'light, dark, as the system'],
  ['Esc', 'show all again'],
  ['?', 'this'],
] as const;

/** Opened by a key or its button; needs no script to open and close. */
export const help = h`<div id="help" popover><h2>Keys</h2><dl>${keys.map(([key, does]) => h`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl><p>The search takes words, and <code>is:broken</code>, <code>is:untold</code>, <code>is:holds</code>, <code>sev:critical</code>, <code>in:persistence</code>. What is searched stands in the address, so that it can be kept. On paper all is unfolded but scripts: print those that you unfolded.</p><label><input type="checkbox" id="keys" checked> single keys do these things</label><button type="button" popovertarget="help" popovertargetaction="hide">Close</button></div>`;
