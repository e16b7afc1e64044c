"""The four equations: forward pass, BP1 to BP4, losses and penalty of one batch, on arrays that are already checked."""

import numpy as np

# p: the parameters (Params).  t: what one pass holds (Trace), twice in the same memory:
#   as in the formulas, one sample a column:  t.A[l] = [1; a^l],  t.Z[l] = z^l,  t.D[l] = δ^l;
#   as in the data,     one sample a row:     t.a[l], t.z[l], t.delta[l] are transposed views of these.
# p.ThetaT[l] and t.AT[l] are (Θ^l)ᵀ and [1; a^l]ᵀ, made once: for a small layer views cost time.
# f[l] is the activation of layer l; f[l].pull(z, a, out=g) turns g into f'(z) g, for softmax into Jᵀ g.
# decay is λ/n.


def forward(net, p, t):
    f = net.activations
    for l in range(1, net.L + 1):
        # z^l = Θ^l [1; a^(l-1)],  a^l = f(z^l)
        p.Theta[l].dot(t.A[l - 1], out=t.Z[l])
        t.a[l][...] = f[l].f(t.z[l], out=t.a[l])  # copies what an activation did not write into ``out``
    return t


def backward(net, p, t, Y):
    f, L = net.activations, net.L
    if net.loss.link:
        # BP1 where f belongs to the loss: δ^L = a^L - y
        np.subtract(t.a[L], Y, out=t.delta[L])
    else:
        # BP1: δ^L = ∂ℓ/∂a^L ⊙ f'(z^L)
        t.delta[L][...] = net.loss.slope(t.a[L], Y)
        f[L].pull(t.z[L], t.a[L], out=t.delta[L])
    for l in range(L - 1, 0, -1):
        # BP2: δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ f'(z^l)
        # G[l] = [·; δ^l]: row 0 belongs to the constant 1 and is not used; t.delta[l] is a view of the rest
        p.ThetaT[l + 1].dot(t.D[l + 1], out=t.G[l])
        f[l].pull(t.z[l], t.a[l], out=t.delta[l])
    return t


def gradient(net, p, t, g, decay):
    for l in range(1, net.L + 1):
        # BP3 and BP4: ∂ℓ/∂Θ^l = δ^l [1; a^(l-1)]ᵀ, summed over the samples
        t.D[l].dot(t.AT[l - 1], out=g.Theta[l])
    # g.Theta[l] and g.W[l] are views of the vector g.theta: the mean is taken once, for all layers
    g.theta *= t.share
    if decay:
        # the penalty: λ/n W^l, and nothing for the biases
        for W, dW in zip(p.W[1:], g.W[1:]):
            dW += decay * W
    return g.theta


def losses(net, z, a, Y):
    # ℓ, one number per sample, from z^L where the loss has a form that is exact at any z, and else from a^L
    return net.loss.from_logits(z, Y) if net.loss.link else net.loss.value(a, Y)


def penalty(p, decay):
    # λ/(2n) Σ_l Σ_jk (W^l_jk)²
    return decay / 2 * sum((W * W).sum() for W in p.W[1:]) if decay else 0.0
