import { Injectable } from '@nestjs/common';
import { TokenVerifier } from '@flowledger/access';
import type { FastifyRequest } from 'fastify';
import { Unauthenticated } from './http-errors';
import type { Principal } from './principal';
import { RateLimits } from './rate-limits';

type SignedRequest = Pick<FastifyRequest, 'headers' | 'ip' | 'principal'>;

/** Who sends a request, found once and counted once. */
@Injectable()
export class SignIn {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly limits: RateLimits,
  ) {}

  /** @throws Unauthenticated @throws TooManyRequests */
  async principalOf(request: SignedRequest): Promise<Principal> {
    if (request.principal) return request.principal;
    const principal = await this.authenticate(request.headers.authorization, request.ip);
    this.limits.countRequest(principal.tokenId);
    request.principal = principal;
    return principal;
  }

  private async authenticate(authorization: string | undefined, address: string): Promise<Principal> {
    this.limits.assertMaySignIn(address);
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    const principal = token && (await this.tokens.verify(token));
    if (principal) return principal;
    this.limits.countFailedSignIn(address);
    throw new Unauthenticated();
  }
}
