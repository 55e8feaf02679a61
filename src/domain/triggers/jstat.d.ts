/** The part of the library that is used; it comes without types. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** The value below which the share `p` of Student's t distribution lies. */
      inv(p: number, degreesOfFreedom: number): number;
    };
  };
  export default jStat;
}
