/** The SQLSTATE of what the database has refused, whether TypeORM has wrapped it or not; undefined where it is none of the database's. */
export const sqlStateOf = (error: unknown): string | undefined => {
  const { driverError, code } = error as { driverError?: { code?: string }; code?: string };
  return driverError?.code ?? code;
};
