import { parser, rules } from '@graphql-eslint/eslint-plugin';
import plugin from '@graphql-eslint/eslint-plugin';
import { WITHOUT_ID } from './schema-exceptions.js';

/** All of graphql-eslint's rules for schemas and for Relay, over the committed schema. */
export default [
  {
    files: ['src/schema/schema.graphql'],
    languageOptions: { parser, parserOptions: { graphQLConfig: { schema: 'src/schema/schema.graphql' } } },
    plugins: { '@graphql-eslint': { rules } },
    rules: {
      ...plugin.configs['flat/schema-recommended'].rules,
      ...plugin.configs['flat/schema-relay'].rules,
      // Beyond the recommended ones: whatever a person meets in GraphiQL is described.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      // Plain lists hold parts that are always few and have no page, for example the steps of a campaign.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      '@graphql-eslint/strict-id-in-types': ['error', { exceptions: WITHOUT_ID }],
    },
  },
];
