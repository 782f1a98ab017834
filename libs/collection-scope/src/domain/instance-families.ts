/** ECS families without the advanced VPC features: their interfaces are left out of the capture (flow log reference, 2.7; DC-11). */
const familiesWithoutAdvancedFeatures = new Set(
  'c1 c2 c4 ce4 cm4 d1 e3 e4 ga1 gn4 gn5 i1 m1 m2 mn4 n1 n2 n4 s1 s2 s3 se1 sn1 sn2 t1 xn4'.split(' '),
);

/** `ecs.g6.large` → true, `ecs.n4.small` → false, `''` (attached to nothing) → true. */
export function canBeCollected(instanceType: string): boolean {
  const family = instanceType.split('.')[1];
  return family === undefined || !familiesWithoutAdvancedFeatures.has(family);
}
