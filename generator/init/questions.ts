import type { Question } from "./question.ts";
import { databaseQuestions } from "./questions-database.ts";
import { hostQuestions, releaseQuestion } from "./questions-host.ts";

/** In the order in which they are asked: later ones look at earlier answers. */
export const questions: readonly Question[] = [releaseQuestion, ...databaseQuestions, ...hostQuestions];
