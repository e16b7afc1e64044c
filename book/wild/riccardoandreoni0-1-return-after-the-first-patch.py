"""A max pooling layer returns within its loop, after the first patch, and all others get nothing."""

import numpy as np

SOURCE = "https://github.com/riccardoandreoni0/CNN-from-scratch/issues/1"
THREAD = "riccardoandreoni0/CNN-from-scratch #1"
DATE = "2023-09"
KIND = "gradient"
FORMULA = (
    r"\delta_{ijk} = \partial C / \partial p_{11k}\ \text{at the maximum of the first patch},\; 0\ \text{elsewhere}"
)
RIGHT = r"\delta_{ijk} = \partial C / \partial p_{hwk}\ \text{at the maximum of each patch},\; 0\ \text{elsewhere}"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
IMAGE, KERNEL, KERNELS, POOL, CLASSES = 6, 3, 2, 2, 3
NET = None  # a convolution and max pooling
BLOCKS = ["kernels[1]", "weight[2]", "bias[2]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    units = (IMAGE - KERNEL + 1) // POOL
    return [
        rng.standard_normal((KERNELS, KERNEL, KERNEL)) / 2,
        rng.standard_normal((units * units * KERNELS, CLASSES)),
        rng.standard_normal(CLASSES),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, IMAGE, IMAGE)), rng.integers(0, CLASSES, SAMPLES)


class ConvolutionLayer:
    def __init__(self, kernels):
        self.kernels = kernels
        self.kernel_num, self.kernel_size = kernels.shape[:2]

    def patches_generator(self, image):
        self.image = image
        places = image.shape[0] - self.kernel_size + 1
        for h in range(places):
            for w in range(places):
                yield image[h : h + self.kernel_size, w : w + self.kernel_size], h, w

    def forward_prop(self, image):
        places = image.shape[0] - self.kernel_size + 1
        convolution_output = np.zeros((places, places, self.kernel_num), self.kernels.dtype)
        for patch, h, w in self.patches_generator(image):
            convolution_output[h, w] = np.sum(patch * self.kernels, axis=(1, 2))
        return convolution_output

    def back_prop(self, dE_dY):
        dE_dk = np.zeros(self.kernels.shape)
        for patch, h, w in self.patches_generator(self.image):
            for f in range(self.kernel_num):
                dE_dk[f] += patch * dE_dY[h, w, f]
        return dE_dk


class MaxPoolingLayer:
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def patches_generator(self, image):
        self.image, size = image, self.kernel_size
        for h in range(image.shape[0] // size):
            for w in range(image.shape[1] // size):
                yield image[h * size : (h + 1) * size, w * size : (w + 1) * size], h, w

    def forward_prop(self, image):
        height, width, num_kernels = image.shape
        output = np.zeros((height // self.kernel_size, width // self.kernel_size, num_kernels), image.dtype)
        for patch, h, w in self.patches_generator(image):
            flat = patch.reshape(-1, num_kernels)
            output[h, w] = flat[np.argmax(flat.real, axis=0), np.arange(num_kernels)]
        return output

    def spread(self, dE_dk, patch, h, w, dE_dY):
        max_val = np.amax(patch, axis=(0, 1))
        for idx_h in range(patch.shape[0]):
            for idx_w in range(patch.shape[1]):
                for idx_k in range(patch.shape[2]):
                    if patch[idx_h, idx_w, idx_k] == max_val[idx_k]:
                        dE_dk[h * self.kernel_size + idx_h, w * self.kernel_size + idx_w, idx_k] = dE_dY[h, w, idx_k]

    def back_prop(self, dE_dY):
        dE_dk = np.zeros(self.image.shape)
        for patch, h, w in self.patches_generator(self.image):
            self.spread(dE_dk, patch, h, w, dE_dY)
            return dE_dk


class RepairedMaxPoolingLayer(MaxPoolingLayer):
    def back_prop(self, dE_dY):
        dE_dk = np.zeros(self.image.shape)
        for patch, h, w in self.patches_generator(self.image):
            self.spread(dE_dk, patch, h, w, dE_dY)
        return dE_dk


class SoftmaxLayer:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward_prop(self, image):
        self.original_shape = image.shape
        self.flattened_input = image.flatten()
        self.output = np.dot(self.flattened_input, self.weight) + self.bias
        return np.exp(self.output) / np.sum(np.exp(self.output), axis=0)

    def back_prop(self, dE_dY):
        for i, gradient in enumerate(dE_dY):
            if gradient == 0:
                continue
            transformation_eq = np.exp(self.output)
            S_total = np.sum(transformation_eq)
            dY_dZ = -transformation_eq[i] * transformation_eq / S_total**2
            dY_dZ[i] = transformation_eq[i] * (S_total - transformation_eq[i]) / S_total**2
            dE_dZ = gradient * dY_dZ
            dE_dw = self.flattened_input[np.newaxis].T @ dE_dZ[np.newaxis]
            return dE_dw, dE_dZ, (self.weight @ dE_dZ).reshape(self.original_shape)


def layers_of(params, pooling=MaxPoolingLayer):
    kernels, weight, bias = params
    return [ConvolutionLayer(kernels), pooling(POOL), SoftmaxLayer(weight, bias)]


def cost(params, X, Y):
    loss = 0.0
    for image, label in zip(X, Y):
        output = image
        for layer in layers_of(params):
            output = layer.forward_prop(output)
        loss += -np.log(output[label])
    return loss / len(X)


def backward(params, X, Y, pooling):
    total = [np.zeros_like(p) for p in params]
    for image, label in zip(X, Y):
        convolution, pool, softmax = layers_of(params, pooling)
        output = softmax.forward_prop(pool.forward_prop(convolution.forward_prop(image)))
        gradient = np.zeros(CLASSES)
        gradient[label] = -1 / output[label]
        dE_dw, dE_db, grad_back = softmax.back_prop(gradient)
        dE_dk = convolution.back_prop(pool.back_prop(grad_back))
        for sum_, g in zip(total, (dE_dk, dE_dw, dE_db)):
            sum_ += g / len(X)
    return total


def grad(params, X, Y):
    return backward(params, X, Y, MaxPoolingLayer)


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedMaxPoolingLayer)
