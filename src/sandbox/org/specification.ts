import { aList, anInteger, anObject, aPattern, aSet, aString, described, oneOf } from './shape.js';

const anOperation = aPattern('^(?:DELETE|GET|HEAD|PATCH|POST|PUT) /api/v2/\\S+$', 'a method and a path template, as in GET /api/v2/users/{userId}');
const facts = {
  type: oneOf('any', 'all', 'none'),
  permissions: aSet(aString),
  scopes: aSet(aString),
};

/**
 * How the document that `GET /api/v2/docs/swagger` serves differs from the operations that this org checks: the platform has
 * moved on, and whoever reads the document is to notice.
 */
export const aSpecification = anObject(
  {},
  {
    adds: described('Operations that are in the document only.', aList(anObject({ operation: anOperation }, facts))),
    removes: described('Operations that are not in the document any more.', aSet(anOperation)),
    changes: described('Operations that require something else in the document.', aList(anObject({ operation: anOperation }, facts))),
    padding: described('The document is at least this many bytes long; the real one has 20 MB and more.', anInteger(0, 100_000_000)),
  },
);
export type Specification = NonNullable<ReturnType<typeof aSpecification>>;
