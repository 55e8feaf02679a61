import { type ClassType, Field, InterfaceType, ObjectType } from 'type-graphql';
import { REFUSALS, type RefusalCode, type RefusalKind } from '../domain/campaign/refusal.js';
import { RefusalCodeEnum } from './enums.js';

/** The GraphQL type of each kind of refusal. */
const TYPE_NAMES: Readonly<Record<RefusalKind, string>> = {
  'not-found': 'NotFoundRefusal',
  state: 'StateRefusal',
  rule: 'RuleRefusal',
  permission: 'PermissionRefusal',
  input: 'InputRefusal',
};

export const refusalTypeName = ({ code }: { code: RefusalCode }): string => TYPE_NAMES[REFUSALS[code].kind];

@InterfaceType('Refusal', {
  description: 'Why an action was not carried out, and who can help. Nothing was changed.',
  resolveType: refusalTypeName,
})
export abstract class RefusalInterface {
  @Field(() => RefusalCodeEnum, { description: 'Stable: made for programs.' }) code!: string;
  @Field(() => String, { description: 'A sentence for people.' }) message!: string;
  @Field(() => String, { nullable: true, description: 'The rule, gate or hand-off that says so.' })
  rule!: string | null;
  @Field(() => [String], { description: 'What has to happen first.' }) missing!: readonly string[];
  @Field(() => [String], { description: 'Roles that can provide it.' }) askRole!: readonly string[];
}

function refusalType(kind: RefusalKind, description: string): ClassType<RefusalInterface> {
  @ObjectType(TYPE_NAMES[kind], { implements: RefusalInterface, description })
  class Type extends RefusalInterface {}
  return Type;
}

export const REFUSAL_TYPES = [
  refusalType('not-found', 'What the action names does not exist.'),
  refusalType('state', 'The action does not fit where things stand now.'),
  refusalType('rule', 'A rule, a gate, a hand-off or the Policy forbids it for now.'),
  refusalType('permission', 'Whoever asks lacks a role or a permission.'),
  refusalType('input', 'A value of the input cannot be used.'),
] as const;
