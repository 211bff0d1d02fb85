// The checksum at the end of a zlib stream (RFC 1950), with 128-bit SIMD.

/** Adler-32 of a range, 32 bytes a step. */
export function adler32(from: usize, size: usize): u32 {
  let a: u32 = 1;
  let b: u32 = 0;
  let at = from;
  let left = size;
  const high = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  const ones = i16x8.splat(1);
  while (left >= 16) {
    // 5,552 bytes are the most before the sums overflow.
    let blocks = min(left, 5552) >> 4;
    left -= blocks << 4;
    b += a * <u32>(blocks << 4);
    let sumA = i32x4.splat(0);
    let sumB = i32x4.splat(0);
    let before = i32x4.splat(0);
    while (blocks > 0) {
      const v = v128.load(at);
      before = i32x4.add(before, sumA);
      sumA = i32x4.add(sumA, i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(v), ones));
      const lowHalf = i16x8.mul(i16x8.extend_low_i8x16_u(v), i16x8.extend_low_i8x16_u(high));
      const highHalf = i16x8.mul(i16x8.extend_high_i8x16_u(v), i16x8.extend_high_i8x16_u(high));
      sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(lowHalf, ones));
      sumB = i32x4.add(sumB, i32x4.dot_i16x8_s(highHalf, ones));
      at += 16;
      blocks--;
    }
    sumB = i32x4.add(sumB, i32x4.shl(before, 4));
    a += sumLanes(sumA);
    b += sumLanes(sumB);
    a %= 65521;
    b %= 65521;
  }
  while (left > 0) {
    a += <u32>load<u8>(at);
    b += a;
    at++;
    left--;
  }
  return ((b % 65521) << 16) | (a % 65521);
}

// @ts-ignore: decorator
@inline
function sumLanes(v: v128): u32 {
  return (
    <u32>i32x4.extract_lane(v, 0) + <u32>i32x4.extract_lane(v, 1) + <u32>i32x4.extract_lane(v, 2) + <u32>i32x4.extract_lane(v, 3)
  );
}
