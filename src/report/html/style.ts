import { claims } from './style/claims.ts';
import { cliff } from './style/cliff.ts';
import { ground } from './style/ground.ts';
import { head } from './style/head.ts';
import { narrow } from './style/narrow.ts';
import { paper } from './style/paper.ts';
import { story } from './style/story.ts';

/** The only style sheet: no fonts, pictures or addresses from outside, and no style attribute anywhere. What comes later overrides. */
export const style = [ground, head, cliff, claims, story, narrow, paper].join('');
