/** The front door of the library. */
export { audit, judge, probedClaims } from './audit.ts';
export { defineConfig, recorded } from './config/define.ts';
export type { Config, CriterionFunction, RecipeFunction, Waiver } from './config/schema.ts';
export { type ClaimInfo, catalogue, claimInfo, sections, severityPoints } from './model/catalogue.ts';
export { type Change, type Changed, type Changes, changes } from './model/changes.ts';
export type { Context } from './model/context.ts';
export type { Disturbance, GivenCriterion, Scene, SceneFunction } from './model/criteria.ts';
export type { EvidenceId, LedgerEntry, RunEvent } from './model/evidence.ts';
export type { Facts } from './model/facts.ts';
export { Failure } from './model/failure.ts';
export { type Claim, defineProbe, type Probe } from './model/probe.ts';
export type { Effort, Intent, Observation, Question, Result, Run, Score } from './model/run.ts';
export type { AuditOptions, GivenRecipe, GivenRecipes, Permit, Profile, Progress } from './model/target.ts';
export type { Cause, Finding, Status, Verdict } from './model/verdict.ts';
export { changeReports } from './report/changes.ts';
export { type Format, type ReportInput, reports } from './report/reports.ts';
