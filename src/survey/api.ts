import type { ApiFacts, Facts } from '../model/facts.ts';
import type { SurveyContext } from './context.ts';

/** An API that its OpenAPI document describes. */
export async function surveyApi(_context: SurveyContext): Promise<(Partial<Facts> & { api: ApiFacts }) | undefined> {
  return undefined;
}
