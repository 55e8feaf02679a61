import type { Problem } from '../src/domain/problem.js';

export function generator(seed: number): (bound: number) => number;
export function mutants(seed: number, texts: readonly string[]): Generator<string, never>;
export function misreading(file: string, text: string, problems: readonly Problem[]): string | null;
